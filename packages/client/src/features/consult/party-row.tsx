import { formatDuration, Icon, oneLine } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import type { Workspace } from "../../shell/workspace.ts";
import type { Party } from "./scene.ts";
import { t } from "./strings.ts";

const icons = { outside: "phone", colleague: "user", queue: "users" } as const;

/** One other party: who it is, what they hear, and for how long; then what can be done about them. */
export function PartyRow({
	workspace,
	party,
	children,
}: {
	workspace: Workspace;
	party: Party;
	children?: ComponentChildren;
}) {
	const { now } = workspace.session;
	return (
		<li class="consult-party" data-party={party.id} data-state={party.held || party.isAside ? "held" : party.state}>
			<Icon name={icons[party.kind]} size={16} />
			<span class="ui-grow">
				<strong class="ui-clip">
					<bdi>
						{party.kind === "queue"
							? workspace.ui.queueName({ queueName: party.name })
							: partyName(workspace, party.name)}
					</bdi>
				</strong>
				<span class="consult-state">
					{stateText(party)}
					{party.since && (
						<>
							{" "}
							<span class="ui-number">{formatDuration(now.value - Date.parse(party.since))}</span>
						</>
					)}
				</span>
			</span>
			{children}
		</li>
	);
}

/** Somebody without a name is known by their number, of which the panel may know more; else it stands as the reader writes it. */
export function partyName({ names, numbers }: Workspace, name: string): string {
	return name ? (names.of(name) ?? numbers.show(name)) : t("unknown");
}

function stateText({ state, held, isAsked, isAside, muted, isCutOff }: Party): string {
	if (state === "waiting") return t("stateWaiting");
	if (state !== "connected") return t("stateRinging");
	if (isCutOff) return t("stateCutOff");
	if (isAsked) return t("stateAsked");
	const hearing = held ? t("stateHeld") : isAside ? t("stateAside") : undefined;
	return oneLine([hearing, muted && t("stateMuted")]) || t("stateTalking");
}
