import type { Interaction } from "@inlay/contract";
import { Badge, TextArea } from "@inlay/ui";
import type { LiveInteraction } from "../session/interaction.ts";
import { useModel } from "../shell/use-model.ts";
import type { Workspace } from "../shell/workspace.ts";
import { FactsModel } from "./facts-model.ts";
import { interactionTexts, t } from "./strings.ts";

/** Who it is, what is known of it, and room for notes. */
export function Facts({
	workspace,
	call,
	onTyping,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	/** Somebody types the notes, or has stopped to. */
	onTyping: (isTyping: boolean) => void;
}) {
	const model = useModel(() => new FactsModel(workspace, call.id), call.id);
	const interaction = model.interaction.value;
	const facts: [string, string | undefined][] = [
		[t("number"), workspace.numbers.show(call.remoteAddress)],
		[t("queue"), workspace.ui.queueName(call)],
		...Object.entries(interaction?.attributes ?? {}),
	];
	return (
		<section class="ui-stack window-facts" onFocusIn={() => onTyping(true)} onFocusOut={() => onTyping(false)}>
			<div class="ui-row window-who">
				<h1 class="ui-grow" tabIndex={-1}>
					<bdi>{workspace.nameOf(call) || t("unknown")}</bdi>
				</h1>
				{interaction && <Badge tone={interaction.isConnected ? "good" : "info"}>{stateOf(interaction)}</Badge>}
			</div>
			<dl>
				{facts.map(([name, value]) =>
					value ? (
						<div key={name}>
							<dt>
								<bdi>{name}</bdi>
							</dt>
							<dd>
								<bdi>{value}</bdi>
							</dd>
						</div>
					) : null,
				)}
			</dl>
			{/* Another interaction's notes are another field: what is typed goes where it was typed. */}
			<TextArea
				key={call.id}
				label={t("notes")}
				name="notes"
				rows={5}
				value={model.notes.value}
				onInput={(notes) => model.write(notes)}
			/>
		</section>
	);
}

function stateOf({ state, isMessage }: Interaction): string {
	const key = isMessage && state === "ALERTING" ? "state_WRITTEN" : `state_${state}`;
	return key in interactionTexts.en ? t(key as keyof typeof interactionTexts.en) : state;
}
