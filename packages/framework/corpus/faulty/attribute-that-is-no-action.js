window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop(searchString, interaction) {
		window.PureCloud.addAttribute({ interactionId: interaction.id, attributes: { popped: searchString } }); //! action.without.effect
	},
};
