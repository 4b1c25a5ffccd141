window.Framework = {
	config: { name: "Acme", clientIds: {} },
	openCallLog(callLog, interaction) {
		const text = window.PureCloud.Interaction.Chat.getTranscript(interaction.id); //! action.argument.invalid
		console.log(text);
	},
};
