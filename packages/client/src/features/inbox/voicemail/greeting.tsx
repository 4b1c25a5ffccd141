import { Button, base64Of, Checkbox, formatDuration } from "@inlay/ui";
import { VoiceRecorder } from "@inlay/ui/voice-recorder";
import { useEffect, useState } from "preact/hooks";
import { soundPlace } from "../../../phone/place.ts";
import { useAgainWhenBack } from "../../../shell/again-when-back.ts";
import { useModel } from "../../../shell/use-model.ts";
import type { Workspace } from "../../../shell/workspace.ts";
import { t } from "../strings.ts";

const path = "/inlay/voicemail/me/greeting";

interface Shown {
	kind: "standard" | "recorded";
	url?: string;
}

/** What callers of the agent's mailbox hear first: the standard, or a recording of the agent's own. */
export function Greeting({ workspace }: { workspace: Workspace }) {
	const { api } = workspace.session;
	const [shown, setShown] = useState<Shown>();
	const [why, setWhy] = useState<unknown>();
	const load = async () => {
		setShown(await api.get<Shown>(path));
		setWhy(undefined);
	};
	const first = () => void load().catch(setWhy);
	useEffect(first, []);
	useAgainWhenBack(workspace, why, first);
	const save = (work: () => Promise<unknown>) => workspace.attempt("voicemail.greeting", () => work().then(load));
	const upload = async (file: Blob | undefined) => {
		if (!file) return false;
		return save(async () => api.put(path, { audio: await base64Of(file) }));
	};
	if (!shown) return null;
	return (
		<details class="voicemail-greeting">
			<summary>{t("greeting")}</summary>
			<div class="ui-stack">
				<p class="ui-hint" role="status">
					{t(shown.kind === "recorded" ? "greetingOwn" : "greetingStandard")}
				</p>
				{/* biome-ignore lint/a11y/useMediaCaption: there is no transcript of a greeting. */}
				{shown.url && <audio controls src={shown.url} crossOrigin="anonymous" />}
				<Recording workspace={workspace} onUse={upload} />
				<label class="ui-stack">
					{t("upload")}
					<input
						type="file"
						accept="audio/wav,.wav"
						data-greeting-file
						onChange={(event) => void upload(event.currentTarget.files?.[0])}
					/>
				</label>
				<EmailNotice workspace={workspace} />
				{shown.kind === "recorded" && (
					<Button data-greeting-reset onClick={() => void save(() => api.request("DELETE", path))}>
						{t("reset")}
					</Button>
				)}
			</div>
		</details>
	);
}

/** Where the organization tells of messages by email: whether the agent wants that. */
function EmailNotice({ workspace }: { workspace: Workspace }) {
	const { api } = workspace.session;
	const [policy, setPolicy] = useState<{ sendEmailNotifications?: boolean; inlayEmailNotices?: boolean }>();
	useEffect(() => void api.get<typeof policy>("/voicemail/me/policy").then(setPolicy, () => undefined), []);
	if (!policy?.inlayEmailNotices) return null;
	return (
		<Checkbox
			label={t("emailNotice")}
			checked={policy.sendEmailNotifications === true}
			onChange={(sendEmailNotifications) =>
				void workspace.attempt("voicemail.email", async () =>
					setPolicy(await api.patch("/voicemail/me/policy", { sendEmailNotifications })),
				)
			}
		/>
	);
}

/** Spoken here and now: heard before it is used. */
function Recording({ workspace, onUse }: { workspace: Workspace; onUse: (wav: Blob) => Promise<boolean> }) {
	const { session, devices } = workspace;
	const recorder = useModel(
		() =>
			new VoiceRecorder({
				place: () => soundPlace.peek(),
				deviceId: () => devices.microphone.peek(),
				after: (ms, task) => session.clock.after(ms, task),
			}),
	);
	const state = recorder.state.value;
	const use = async () => {
		if (recorder.wav && (await onUse(recorder.wav))) recorder.dispose();
	};
	if (state === "recording")
		return (
			<div class="ui-stack">
				<p role="status">{t("recording", { time: formatDuration(session.now.value - recorder.since.value) })}</p>
				<meter min={0} max={1} value={recorder.level.value} aria-hidden="true" />
				<Button kind="bad" icon="record" data-greeting-stop onClick={() => recorder.stop()}>
					{t("stop")}
				</Button>
			</div>
		);
	return (
		<div class="ui-stack">
			{(state === "noMicrophone" || state === "tooShort") && (
				<p class="ui-error" role="alert">
					{t(state)}
				</p>
			)}
			{state === "recorded" && (
				<>
					<p role="status">{t("recorded")}</p>
					{/* biome-ignore lint/a11y/useMediaCaption: there is no transcript of a greeting. */}
					<audio controls src={recorder.url.value} data-greeting-heard />
					<Button kind="primary" data-greeting-use onClick={() => void use()}>
						{t("use")}
					</Button>
				</>
			)}
			<Button icon="mic" data-greeting-record onClick={() => void recorder.start()}>
				{t(state === "recorded" ? "again" : "record")}
			</Button>
		</div>
	);
}
