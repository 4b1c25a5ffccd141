window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop(searchString, interaction) {
		window.PureCloud.addCustomAttributes({ id: interaction.id, attributes: { searched: searchString } }); //! action.argument.invalid
	},
};
