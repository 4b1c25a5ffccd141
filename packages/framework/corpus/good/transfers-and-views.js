const { PureCloud } = window;
function transfer(id, number) {
	PureCloud.Interaction.updateState({
		action: "blindTransfer",
		id,
		participantContext: { transferTarget: encodeURIComponent(number), transferTargetType: "address" },
	});
}
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop(searchString, interaction) {
		PureCloud.addAssociation({ type: "contact", id: 7, text: searchString, select: true });
		PureCloud.User.Notification.notifyUser({ message: searchString, type: "info", timeout: "3000" });
		PureCloud.Interaction.Chat.getTranscript(interaction.id, (transcript) => console.log(transcript.messages.length));
		PureCloud.Inlay.request("queues", {}).then((queues) => console.log(queues.length));
		if (interaction.attributes && interaction.isDialer) transfer(interaction.id, "+4930123");
	},
};
