window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop: function (searchString, interaction) {
		window.PureCloud.Interaction.updateState({ action: "answer", id: interaction.id }); //! action.argument.invalid
	},
};
