import "./work-area.css";
import type { Interaction } from "@inlay/contract";
import { Badge, EmptyState, TextArea } from "@inlay/ui";
import { interactionTexts, t } from "./interaction-strings.ts";
import type { WorkAreaState } from "./work-area-link.ts";

/** The selected interaction with what is known of it, and room for notes. */
export function WorkArea({ state, onNotes }: { state: WorkAreaState | undefined; onNotes: (notes: string) => void }) {
	const interaction = state?.interaction;
	if (!state || !interaction) {
		return (
			<EmptyState icon="headset" title={t("title")}>
				<p>{t("text")}</p>
			</EmptyState>
		);
	}
	return (
		<article class="ui-stack work-area" data-work-area={interaction.id}>
			<div class="ui-row">
				<h1 class="ui-grow">
					<bdi>{state.name || t("unknown")}</bdi>
				</h1>
				<Badge tone={interaction.isConnected ? "good" : "info"}>{stateOf(interaction)}</Badge>
			</div>
			<Facts state={state} interaction={interaction} />
			{/* Another interaction's notes are another field: what is typed goes where it was typed. */}
			<TextArea key={interaction.id} label={t("notes")} name="notes" rows={8} value={state.notes} onInput={onNotes} />
		</article>
	);
}

function Facts({ state, interaction }: { state: WorkAreaState; interaction: Interaction }) {
	const facts: [string, string | undefined][] = [
		[t("number"), state.number],
		[t("queue"), interaction.queueName],
		...Object.entries(interaction.attributes ?? {}),
	];
	return (
		<dl class="work-area-facts">
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
	);
}

function stateOf({ state, isMessage }: Interaction): string {
	const key = isMessage && state === "ALERTING" ? "state_WRITTEN" : `state_${state}`;
	return key in interactionTexts.en ? t(key as keyof typeof interactionTexts.en) : state;
}
