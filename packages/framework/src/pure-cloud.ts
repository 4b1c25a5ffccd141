/**
 * The actions that the panel offers as `window.PureCloud` (framework-contract 6). None returns anything: what was not done is
 * told as `Notification` `actionRefused` to subscribers that name it. What comes too early waits until the agent is signed in.
 */
import type {
	AddAssociationRequest,
	AudioConfiguration,
	ClickToDialRequest,
	CustomAttributesRequest,
	NotifyUserRequest,
	SetViewRequest,
	Transcript,
	TransferContextRequest,
	UpdateStateRequest,
	UpdateStatusRequest,
} from "@inlay/contract";
import type { FrameworkSubscription } from "./events.ts";

type TranscriptCallback = (transcript: Transcript) => void;

export interface PureCloudActions {
	/** Starts a call, text or email as the agent would; without `autoPlace` it fills in the form and leaves the rest to them. */
	clickToDial(request: ClickToDialRequest): void;
	/** Adds a choice to Name or Related To in the log of the current interaction; `select` chooses it. */
	addAssociation(request: AddAssociationRequest): void;
	/** Adds a choice to Transfer Workspace, with `settings.enableTransferContext`; its attributes travel with the transfer. */
	addTransferContext(request: TransferContextRequest): void;
	/** Older name of `Interaction.addCustomAttributes`; the official samples call this one. */
	addCustomAttributes(request: CustomAttributesRequest): void;
	/** Any number of times, at any moment; what has been subscribed to before goes on. */
	subscribe(subscriptions: readonly FrameworkSubscription[]): void;
	/** Not an action; scripts in the field call it, so it logs and does nothing. */
	addAttribute(...ignored: unknown[]): void;
	Interaction: {
		/** Writes participant attributes; they come back in `interaction.attributes` by names in lower case. */
		addCustomAttributes(request: CustomAttributesRequest): void;
		/** As the agent's own click; `hold`, `mute` and `securePause` toggle. */
		updateState(request: UpdateStateRequest): void;
		/** Not an action; logs and does nothing. */
		getCurrentInteraction(...ignored: unknown[]): void;
		Chat: {
			/** Messages of a message, chat or email interaction. Both ways of asking are in use. */
			getTranscript(interactionId: string, callback: TranscriptCallback): void;
			getTranscript(request: { interactionId: string; callback: TranscriptCallback }): void;
		};
	};
	User: {
		/** Answers at once while the agent is signed in, later otherwise. The token is the deployment's client's. */
		getAuthToken(callback: (token: string) => void): void;
		updateStatus(request: UpdateStatusRequest): void;
		setView(request: SetViewRequest): void;
		Notification: {
			/** A toast in the panel. */
			notifyUser(request: NotifyUserRequest): void;
			/** Which media ring audibly; what is not named stays as it is. */
			setAudioConfiguration(request: AudioConfiguration): void;
		};
	};
}
