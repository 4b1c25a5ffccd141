/** What an isolated script may ask the panel for: all of `window.PureCloud`, whose promise is `Inlay.request` alone. */
export const actionNames = [
	"clickToDial",
	"addAssociation",
	"addTransferContext",
	"addCustomAttributes",
	"subscribe",
	"addAttribute",
	"Interaction.addCustomAttributes",
	"Interaction.updateState",
	"Interaction.getCurrentInteraction",
	"Interaction.Chat.getTranscript",
	"User.getAuthToken",
	"User.updateStatus",
	"User.setView",
	"User.Notification.notifyUser",
	"User.Notification.setAudioConfiguration",
] as const;

export const requestName = "Inlay.request";

/** Before each of them, in the channel. */
export const actionPrefix = "PureCloud.";
