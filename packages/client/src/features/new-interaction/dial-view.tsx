import "./dial.css";
import { Banner, Button, IconButton, Select, TextField } from "@inlay/ui";
import { useEffect, useRef } from "preact/hooks";
import { arrowKeys } from "../../shell/arrow-keys.ts";
import { hasLostFocus } from "../../shell/lost-focus.ts";
import { dialString } from "../../shell/numbers.ts";
import { PadKeys } from "../../shell/pad-keys.tsx";
import { TargetList } from "../../shell/target-list.tsx";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { DialModel } from "./dial-model.ts";
import { t } from "./strings.ts";

/** Dial a number, by keyboard or keys, for oneself or on behalf of a queue. */
export function DialView({ workspace }: { workspace: Workspace }) {
	const model = useModel(() => new DialModel(workspace));
	const number = useRef<HTMLDivElement>(null);
	const toField = () => number.current?.querySelector("input")?.focus();
	/** What was found, or to be chosen, may have gone with the try: whoever works by keyboard goes on at the number. */
	const tried = async (call: Promise<void>) => {
		await call;
		requestAnimationFrame(() => hasLostFocus() && toField());
	};
	useEffect(() => {
		// Whoever has just chosen the view wants to type, and so does whose button has gone with the view that it was in, as after
		// a redial that came to nothing; who came here otherwise keeps the focus where it is.
		if (document.activeElement?.matches(".nav-item") || hasLostFocus()) toField();
	}, []);
	const queues = workspace.ui.queues(workspace.session.queues.mine.value);
	return (
		<form
			class="dial ui-stack"
			onKeyDown={arrowKeys}
			onSubmit={(event) => {
				event.preventDefault();
				void tried(model.call());
			}}
		>
			{!workspace.session.station.associated.value && <NoPhone workspace={workspace} />}
			<div class="dial-number" ref={number}>
				<TextField
					label={t(model.search.offers ? "number" : "numberOnly")}
					type={model.search.offers ? "text" : "tel"}
					name="number"
					value={model.text.value}
					error={model.problem.value ? t(`problem_${model.problem.value}`) : undefined}
					hint={hintOf(model)}
					onInput={(text) => model.input(text)}
				/>
				{model.text.value && (
					<IconButton
						icon="backspace"
						label={t("backspace")}
						onClick={() => {
							model.erase();
							// The last character takes the button away.
							if (model.text.value === "") toField();
						}}
					/>
				)}
			</div>
			<Choices model={model} workspace={workspace} tried={tried} />
			<TargetList
				search={model.search}
				onChoose={(target) => void tried(model.choose(target))}
				show={(number) => workspace.numbers.show(number)}
				isCallable={model.preview.value !== ""}
			/>
			{model.search.state.value === "off" && <PadKeys onPress={(key) => model.press(key)} />}
			{queues.length > 0 && (
				<Select
					label={t("onBehalf")}
					value={model.queueId.value}
					options={[
						{ value: "", text: t("myself") },
						...queues.map((queue) => ({ value: queue.id, text: queue.name ?? queue.id })),
					]}
					onChange={(id) => {
						model.queueId.value = id;
					}}
				/>
			)}
			<Button kind="good" icon="phone" type="submit" block busy={workspace.busy.value.has("dial")} data-dial>
				{t("call")}
			</Button>
		</form>
	);
}

/** What is dialled, before it is, and what goes along. */
function hintOf(model: DialModel): string | undefined {
	const names = Object.keys(model.attributes.value);
	const lines = [
		model.preview.value && t("calls", { number: model.preview.value }),
		names.length > 0 && t("attributes", { names: names.join(", ") }),
	];
	return lines.filter(Boolean).join(" ") || undefined;
}

function Choices({
	model,
	workspace,
	tried,
}: {
	model: DialModel;
	workspace: Workspace;
	tried: (call: Promise<void>) => Promise<void>;
}) {
	if (model.choices.value.length === 0) return null;
	return (
		<section class="ui-stack" aria-label={t("several")}>
			<p class="ui-hint" role="status">
				{t("several")}
			</p>
			{model.choices.value.map((number) => (
				<Button
					key={dialString(number)}
					icon="phone"
					data-choice={number.dial}
					onClick={() => void tried(model.callNumber(number))}
				>
					{t("callNumber", { number: workspace.numbers.show(dialString(number)) })}
				</Button>
			))}
		</section>
	);
}

function NoPhone({ workspace }: { workspace: Workspace }) {
	return (
		<Banner
			tone="warn"
			icon="headset"
			action={
				<Button
					size="small"
					onClick={() => {
						workspace.view.value = "settings";
					}}
				>
					{t("openSettings")}
				</Button>
			}
		>
			{t("noPhone")}
		</Banner>
	);
}
