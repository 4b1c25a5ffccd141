import type { SecureSessionAs } from "@inlay/contract";
import type {
	FrameworkSessionPort,
	InteractionCommand,
	NewInteractionRequest,
	TransferTarget,
} from "../framework/ports.ts";
import type { TransferTo } from "../session/call-actions.ts";
import { isWritten, type LiveInteraction } from "../session/interaction.ts";
import { t } from "./strings.ts";
import { takeStatus } from "./take-status.ts";
import type { Workspace } from "./workspace.ts";

/** What a script may make the panel do: the same as the agent's own clicks, through the same doors. */
export function openSessionPort(
	current: () => Workspace | undefined,
	token: () => string | undefined,
	secureSessionAs: () => SecureSessionAs = () => "refused",
): FrameworkSessionPort {
	const workspace = (): Workspace => {
		const found = current();
		if (!found) throw new Error(t("nobodySignedIn"));
		return found;
	};
	const interaction = (id: string): LiveInteraction => {
		const found = workspace().session.conversations.find(id);
		if (!found) throw new Error(t("noSuchInteraction", { id }));
		return found;
	};
	return {
		async startInteraction(request) {
			const { type } = request;
			if (!offersMedium(current(), type)) throw new Error(t("noMedium", { medium: type }));
			if (type !== "call") return compose(workspace(), request);
			await readable(workspace().calls.dial(request), workspace());
		},
		async updateStatus(request) {
			const { presence } = workspace().session;
			const wanted = "definitionId" in request ? request.definitionId : request.name;
			const choice = presence.find(wanted);
			if (!choice) throw new Error(t("noSuchStatus", { status: wanted }));
			const taken = await readable(takeStatus(workspace(), choice, false), workspace());
			return presence.next.value?.id === choice.id ? t("statusWaits") : taken.warning;
		},
		control: async (command) =>
			readable(control(workspace(), interaction(command.interactionId), command, secureSessionAs()), workspace()),
		setAttributes: async (id, attributes) =>
			readable(workspace().session.actions.setAttributes(interaction(id), attributes), workspace()),
		async token() {
			const value = token();
			if (!value) throw new Error(t("nobodySignedIn"));
			return value;
		},
		currentToken: token,
		mayViewContacts: () => current()?.can("outbound:contact:view") ?? false,
		async transcript(id) {
			if (!isWritten(interaction(id))) throw new Error(t("noTranscript"));
			const { transcriptOf } = await import("./message-news.ts");
			return readable(transcriptOf(workspace(), id), workspace());
		},
		async perform(name, data) {
			const here = workspace();
			const { performRequest } = await import("./script-requests.ts");
			return performRequest(here, name, data);
		},
		conversation: async (id) => workspace().session.conversation(id),
	};
}

/** What an interaction can be begun by; what is written is for those who may write it. */
export function offersMedium(workspace: Workspace | undefined, type: NewInteractionRequest["type"]): boolean {
	if (type === "call") return true;
	return workspace?.can(`conversation:${type === "sms" ? "message" : "email"}:create`) ?? false;
}

/** What is written to the customer is the agent's: they are shown where. */
function compose(workspace: Workspace, request: NewInteractionRequest): void {
	workspace.draft.value = request;
	workspace.view.value = "new-interaction";
}

async function control(
	workspace: Workspace,
	interaction: LiveInteraction,
	command: InteractionCommand,
	secureSessionAs: SecureSessionAs,
): Promise<void> {
	const { actions } = workspace.session;
	switch (command.action) {
		case "pickup":
			return workspace.calls.pickUp(interaction);
		case "disconnect":
			return workspace.calls.hangUp(interaction);
		case "hold":
			return actions.toggle(interaction, "held");
		case "mute":
			return actions.toggle(interaction, "muted");
		case "securePause":
			return actions.toggle(interaction, "securePause");
		case "blindTransfer":
			return actions.transfer(interaction, targetOf(command.target));
		case "consultTransfer":
			return actions.consult(interaction, targetOf(command.target));
		case "concludeTransfer":
			// Whoever leaves hands over (platform-api 5.4).
			if (interaction.isConsult) return workspace.calls.hangUp(interaction);
			throw new Error(t("nobodyConsulted"));
		case "secureSession":
			if (secureSessionAs !== "securePause") throw new Error(t("noSuchAction", { action: command.action }));
			// It begins, and is not turned over: one that is paused already stays so.
			if (interaction.securePause) return;
			return actions.toggle(interaction, "securePause");
	}
}

function targetOf({ kind, value }: TransferTarget): TransferTo {
	if (kind === "queue") return { queueId: value };
	return kind === "user" ? { userId: value } : { address: value };
}

async function readable<Result>(work: Promise<Result>, workspace: Workspace): Promise<Result> {
	try {
		return await work;
	} catch (error) {
		throw new Error(await workspace.describe(error));
	}
}
