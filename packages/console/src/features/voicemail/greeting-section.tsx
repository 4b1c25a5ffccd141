import { Banner, Button, formatDuration } from "@inlay/ui";
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { tell } from "../../shell/notice.ts";
import { Failure, Load } from "../../shell/parts.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { Greeting, GreetingModel } from "./greeting-model.ts";
import { t } from "./strings.ts";

/** What callers hear, and another recording for them: heard before it is saved. */
export function GreetingFields({ model }: { model: GreetingModel }) {
	useUnsaved(() => model.isUnsaved.peek());
	useEffect(() => () => model.close(), [model]);
	return (
		<Load from={model.loaded}>
			{(greeting) => (
				<div class="ui-stack">
					<p role="status">{kindText(greeting)}</p>
					{greeting.url && <Sound src={greeting.url} label={t("greeting")} onStale={() => void model.loaded.load()} />}
					<Draft model={model} />
					<Recorder model={model} />
					<label class="ui-stack">
						{t("upload")}
						<input
							type="file"
							accept="audio/wav,.wav"
							data-greeting-file
							onChange={({ currentTarget }) => {
								const file = currentTarget.files?.[0];
								if (file) model.choose(file);
								currentTarget.value = "";
							}}
						/>
					</label>
					{greeting.kind === "recorded" && (
						<div class="form-actions">
							<Button onClick={() => model.chooseStandard()}>{t("reset")}</Button>
						</div>
					)}
				</div>
			)}
		</Load>
	);
}

export function kindText({ kind, durationMs = 0 }: Pick<Greeting, "kind" | "durationMs">): string {
	return kind === "recorded" ? t("greetingOwn", { time: formatDuration(durationMs) }) : t("greetingStandard");
}

/** @param props.onStale the link has run out, as links to files do after minutes: it is to be read anew */
export function Sound({ src, label, onStale }: { src: string; label: string; onStale?: () => void }) {
	return (
		<audio
			controls
			preload="none"
			src={src}
			crossOrigin="anonymous"
			aria-label={label}
			{...(onStale ? { onError: onStale } : {})}
		/>
	);
}

/** What was chosen and is not saved. */
function Draft({ model }: { model: GreetingModel }) {
	const draft = model.draft.value;
	if (!draft) return null;
	return (
		<div data-greeting-draft>
			<Banner tone="info">
				<div class="ui-stack">
					<p>{t(draft.kind === "recorded" ? "draftOwn" : "draftStandard")}</p>
					{draft.kind === "recorded" && <Sound src={draft.url} label={t("draftOwn")} />}
					<Failure error={model.saving.error.value} />
					<div class="form-actions">
						<Button
							kind="primary"
							busy={model.saving.busy.value}
							onClick={async () => {
								if (await model.save()) tell(t("greetingSaved"));
							}}
						>
							{t("saveGreeting")}
						</Button>
						<Button disabled={model.saving.busy.value} onClick={() => model.discard()}>
							{t("discard")}
						</Button>
					</div>
				</div>
			</Banner>
		</div>
	);
}

function Recorder({ model: { recorder } }: { model: GreetingModel }) {
	const state = recorder.state.value;
	if (state === "recording") return <Recording recorder={recorder} />;
	return (
		<>
			{(state === "noMicrophone" || state === "tooShort") && (
				<p class="ui-error" role="alert">
					{t(state)}
				</p>
			)}
			<div class="form-actions">
				<Button icon="mic" data-greeting-record onClick={() => void recorder.start()}>
					{t("record")}
				</Button>
			</div>
		</>
	);
}

function Recording({ recorder }: { recorder: GreetingModel["recorder"] }) {
	const now = useSignal(Date.now());
	const time = useComputed(() => formatDuration(now.value - recorder.since.value));
	useEffect(() => {
		const timer = setInterval(() => {
			now.value = Date.now();
		}, 500);
		return () => clearInterval(timer);
	}, [now]);
	return (
		<div class="ui-stack">
			<p>{t("recordingNow", { time: time.value })}</p>
			<meter min={0} max={1} value={recorder.level.value} aria-hidden="true" />
			<div class="form-actions">
				<Button kind="bad" icon="record" data-greeting-stop onClick={() => recorder.stop()}>
					{t("stop")}
				</Button>
			</div>
		</div>
	);
}
