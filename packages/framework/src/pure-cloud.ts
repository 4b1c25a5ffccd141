/** The actions that the panel offers as `window.PureCloud` (framework-contract 6). All are fire-and-forget. */
import type {
	AddAssociationRequest,
	AudioConfiguration,
	ClickToDialRequest,
	CustomAttributesRequest,
	NotifyUserRequest,
	SetViewRequest,
	SubscriptionRequest,
	Transcript,
	TransferContextRequest,
	UpdateStateRequest,
	UpdateStatusRequest,
} from "@inlay/contract";

type TranscriptCallback = (transcript: Transcript) => void;

export interface PureCloudActions {
	clickToDial(request: ClickToDialRequest): void;
	addAssociation(request: AddAssociationRequest): void;
	addTransferContext(request: TransferContextRequest): void;
	/** Older name of `Interaction.addCustomAttributes`; the official samples call this one. */
	addCustomAttributes(request: CustomAttributesRequest): void;
	subscribe(subscriptions: SubscriptionRequest[]): void;
	/** Not an action; scripts in the field call it, so it logs and does nothing. */
	addAttribute(...ignored: unknown[]): void;
	Interaction: {
		addCustomAttributes(request: CustomAttributesRequest): void;
		updateState(request: UpdateStateRequest): void;
		/** Not an action; logs and does nothing. */
		getCurrentInteraction(...ignored: unknown[]): void;
		Chat: {
			getTranscript(interactionId: string, callback: TranscriptCallback): void;
			getTranscript(request: { interactionId: string; callback: TranscriptCallback }): void;
		};
	};
	User: {
		getAuthToken(callback: (token: string) => void): void;
		updateStatus(request: UpdateStatusRequest): void;
		setView(request: SetViewRequest): void;
		Notification: {
			notifyUser(request: NotifyUserRequest): void;
			setAudioConfiguration(request: AudioConfiguration): void;
		};
	};
}
