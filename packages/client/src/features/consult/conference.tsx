import { Button, IconButton } from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PartyChange } from "../../session/call-actions.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useFocusBack } from "../../shell/focus-back.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { leaving } from "./leaving.ts";
import { PartyRow, partyName } from "./party-row.tsx";
import type { Party, Scene } from "./scene.ts";
import { t } from "./strings.ts";

type Conference = Extract<Scene, { kind: "conference" }>;

/** Everybody in a conference: held, muted and removed each by themselves. */
export function ConferenceRows({
	workspace,
	call,
	scene,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	scene: Conference;
}) {
	/** Whom the agent is about to let go. */
	const [going, setGoing] = useState<string>();
	const asked = scene.parties.find((party) => party.id === going);
	const letGo = (party: Party) => {
		setGoing(undefined);
		const work = () => workspace.session.actions.changeParty(call, party.id, { state: "disconnected" });
		void workspace.attempt(`party.${party.id}`, work);
	};
	return (
		<section class="consult" aria-label={t("parties")} data-consult="conference">
			<ul class="consult-parties">
				{scene.parties.map((party) => (
					<PartyRow key={party.id} workspace={workspace} party={party}>
						<PartyControls
							workspace={workspace}
							call={call}
							party={party}
							letGo={() => (comesBackByItself(party) ? letGo(party) : setGoing(party.id))}
						/>
					</PartyRow>
				))}
			</ul>
			{asked && (
				<LetGoQuestion
					key={asked.id}
					name={partyName(workspace, asked.name)}
					onYes={() => letGo(asked)}
					onNo={() => setGoing(undefined)}
				/>
			)}
			{scene.silencedBy && (
				<p class="consult-note" role="status" data-silenced>
					{t("silencedBy", { by: partyName(workspace, scene.silencedBy) })}
				</p>
			)}
			{scene.mutedBy && (
				<p class="consult-note" role="status" data-muted-by>
					{t("mutedBy", { by: partyName(workspace, scene.mutedBy) })}
				</p>
			)}
			{leaving.value === call.id && scene.isLast && <LeaveQuestion workspace={workspace} call={call} />}
		</section>
	);
}

/** A colleague can be called in again, and who does not talk yet loses nothing. */
function comesBackByItself({ kind, state }: Party): boolean {
	return kind !== "outside" || state !== "connected";
}

/** Somebody outside has hung up when they are let go: one press beside Mute is not enough for that. */
function LetGoQuestion({ name, onYes, onNo }: { name: string; onYes: () => void; onNo: () => void }) {
	const own = useRef<HTMLFieldSetElement>(null);
	useFocusBack(own);
	// Enter that is still held answers what lets nobody go.
	useEffect(() => own.current?.querySelector<HTMLElement>("[data-party-stays]")?.focus(), []);
	return (
		<fieldset class="consult-actions" ref={own} data-let-go-question>
			<legend class="consult-note">{t("removeQuestion", { name })}</legend>
			<Button kind="bad" icon="hangup" data-party-let-go onClick={onYes}>
				{t("remove", { name })}
			</Button>
			<Button kind="quiet" data-party-stays onClick={onNo}>
				{t("keep")}
			</Button>
		</fieldset>
	);
}

/** A party who still rings can always be let go, whatever happens to the others. */
function PartyControls({
	workspace,
	call,
	party,
	letGo,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	party: Party;
	letGo: () => void;
}) {
	const name = partyName(workspace, party.name);
	const change = (wanted: PartyChange) =>
		void workspace.attempt(`party.${party.id}`, () => workspace.session.actions.changeParty(call, party.id, wanted));
	const hasSound = party.isTheirs && party.state === "connected";
	return (
		<span class="party-controls">
			{hasSound && (
				<IconButton
					icon={party.held ? "play" : "hold"}
					label={t(party.held ? "resume" : "hold", { name })}
					data-party-hold
					onClick={() => change({ held: !party.held })}
				/>
			)}
			{hasSound && !party.isOwnMute && (
				<IconButton
					icon={party.muted ? "mic-off" : "mic"}
					label={t(party.muted ? "unmute" : "mute", { name })}
					data-party-mute
					onClick={() => change({ muted: !party.muted })}
				/>
			)}
			{party.isTheirs && <IconButton icon="close" label={t("remove", { name })} data-party-remove onClick={letGo} />}
		</span>
	);
}

/** Any one of them lets the agent leave those outside to each other (agent-features 2, CF-2). */
const bridging = ["blindTransfer", "blindTransferExternal", "consultTransfer", "consultTransferExternal"].map(
	(action) => `conversation:communication:${action}`,
);

function LeaveQuestion({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const [isBridgeAllowed, setBridgeAllowed] = useState(false);
	const own = useRef<HTMLFieldSetElement>(null);
	useFocusBack(own);
	useEffect(() => own.current?.querySelector<HTMLElement>("[data-stay]")?.focus(), []);
	useEffect(() => {
		// Where it cannot be asked the server decides by itself.
		workspace.session.actions.mayBridge().then(setBridgeAllowed, () => setBridgeAllowed(true));
	}, [call.id]);
	const mayLeave = isBridgeAllowed && bridging.some((permission) => workspace.can(permission));
	const done = (work: () => Promise<void>) => {
		leaving.value = undefined;
		void workspace.attempt(`disconnect.${call.id}`, work);
	};
	return (
		<fieldset class="consult-actions" ref={own} data-leave-question>
			<legend class="consult-note">{t("leaveQuestion")}</legend>
			<Button
				kind="bad"
				icon="hangup"
				data-end-for-all
				onClick={() => done(() => workspace.session.actions.endForAll(call))}
			>
				{t("endForAll")}
			</Button>
			{mayLeave && (
				<Button icon="signout" data-leave-connected onClick={() => done(() => workspace.calls.hangUp(call))}>
					{t("leaveConnected")}
				</Button>
			)}
			<Button
				kind="quiet"
				data-stay
				onClick={() => {
					leaving.value = undefined;
				}}
			>
				{t("stay")}
			</Button>
		</fieldset>
	);
}
