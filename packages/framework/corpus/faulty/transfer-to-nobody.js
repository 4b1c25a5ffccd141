window.Framework = {
	config: { name: "Acme", clientIds: {} },
	openCallLog(callLog, interaction) {
		window.PureCloud.Interaction.updateState({ action: "blindTransfer", id: interaction.id }); //! action.argument.invalid
	},
};
