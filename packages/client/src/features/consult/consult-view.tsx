import "./consult.css";
import { Button } from "@inlay/ui";
import { useEffect, useRef } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useFocusBack } from "../../shell/focus-back.ts";
import { hasLostFocus } from "../../shell/lost-focus.ts";
import { outcomeWord } from "../../shell/outcome-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { ConferenceRows } from "./conference.tsx";
import { invitation } from "./news.ts";
import { PartyRow, partyName } from "./party-row.tsx";
import { QueuePlace } from "./queue-place.tsx";
import { type Scene, sceneOf } from "./scene.ts";
import { SpeakToChoice } from "./speak-to.tsx";
import { t } from "./strings.ts";

/** By which a consult is begun. */
const begunBy = '[data-call-control="transfer"]';

/** Who else is in the call, and what the agent can do about it (agent-features 2). */
export function ConsultView({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const scene = sceneOf(call);
	if (!scene) return null;
	switch (scene.kind) {
		case "consult":
			return <Consulting {...{ workspace, call, scene }} />;
		case "failed":
			return <Failed {...{ workspace, call, scene }} />;
		case "consulted":
			return <Consulted workspace={workspace} scene={scene} />;
		case "invited":
			return (
				<p class="consult-note" role="status" data-consult="invited">
					{invitation(workspace, scene)}
				</p>
			);
		case "customerLeft":
			return (
				<p class="consult-note" data-consult="customerLeft">
					{t("customerLeft", { name: partyName(workspace, scene.name) })}
				</p>
			);
		default:
			return <ConferenceRows {...{ workspace, call, scene }} />;
	}
}

type Of<Kind extends Scene["kind"]> = Extract<Scene, { kind: Kind }>;

function Consulting({ workspace, call, scene }: { workspace: Workspace; call: LiveInteraction; scene: Of<"consult"> }) {
	const { actions } = workspace.session;
	const isReached = scene.destination.state === "connected";
	const own = useRef<HTMLElement>(null);
	useFocusBack(own, begunBy);
	useEffect(() => {
		// “Consult first” has gone with its dialog: whom one talks to is what can be chosen now.
		if (hasLostFocus()) own.current?.querySelector<HTMLElement>("input:checked")?.focus();
	}, []);
	return (
		<section class="consult" ref={own} aria-label={t("parties")} data-consult="consult" data-speak-to={scene.speakTo}>
			<ul class="consult-parties">
				<PartyRow workspace={workspace} party={scene.customer} />
				<PartyRow workspace={workspace} party={scene.destination}>
					{scene.destination.kind === "queue" && (
						<QueuePlace workspace={workspace} call={call} partyId={scene.destination.id} />
					)}
				</PartyRow>
			</ul>
			<SpeakToChoice workspace={workspace} call={call} speakTo={scene.speakTo} />
			<div class="consult-actions">
				<Button
					kind="primary"
					icon="transfer"
					disabled={!isReached}
					busy={workspace.busy.value.has(`disconnect.${call.id}`)}
					data-consult-complete
					onClick={() => void workspace.attempt(`disconnect.${call.id}`, () => workspace.calls.hangUp(call))}
				>
					{t("complete")}
				</Button>
				<Button
					icon="close"
					busy={workspace.busy.value.has(`consult.${call.id}`)}
					data-consult-cancel
					onClick={() => void workspace.attempt(`consult.${call.id}`, () => actions.cancelConsult(call))}
				>
					{t("cancel")}
				</Button>
			</div>
		</section>
	);
}

/** How often the agent is reminded of a customer who is still on hold, ms (agent-features 2). */
const reminderMs = 30_000;

function Failed({ workspace, call, scene }: { workspace: Workspace; call: LiveInteraction; scene: Of<"failed"> }) {
	const back = useRef<HTMLDivElement>(null);
	useFocusBack(back, begunBy);
	useEffect(() => {
		// Whoever types a note goes on typing.
		const isTyping = document.activeElement?.matches("input, textarea, select") ?? false;
		if (!isTyping) back.current?.querySelector("button")?.focus();
		const { clock } = workspace.session;
		let stop = () => {};
		const remind = () => {
			workspace.ringer.chime();
			stop = clock.after(reminderMs, remind);
		};
		remind();
		return () => stop();
	}, [call.id]);
	const name = partyName(workspace, scene.name);
	return (
		<section class="consult" aria-label={t("parties")} data-consult="failed">
			<p class="consult-note" data-tone="bad" role="alert">
				{scene.hasTalked || !scene.reason
					? t("left", { name })
					: t("failed", { name, reason: outcomeWord({ outcome: scene.reason }) })}
			</p>
			<ul class="consult-parties">
				<PartyRow workspace={workspace} party={scene.customer} />
			</ul>
			<div class="consult-actions" ref={back}>
				<Button
					kind="primary"
					icon="play"
					busy={workspace.busy.value.has(`consult.${call.id}`)}
					data-consult-back
					onClick={() =>
						void workspace.attempt(`consult.${call.id}`, () => workspace.session.actions.cancelConsult(call))
					}
				>
					{t("backToCustomer")}
				</Button>
			</div>
		</section>
	);
}

function Consulted({ workspace, scene }: { workspace: Workspace; scene: Of<"consulted"> }) {
	const by = partyName(workspace, scene.by);
	const name = partyName(workspace, scene.customer.name);
	return (
		<p class="consult-note" role="status" data-consult="consulted" data-tone={scene.isCutOff ? "bad" : undefined}>
			{scene.isCutOff
				? t("consultedCutOff", { by })
				: scene.held
					? t("consultedHeld", { by })
					: t("consultedBy", { by, name })}
		</p>
	);
}
