window.Framework = {
	config: { name: "Acme", clientIds: {}, customInteractionAttributes: ["PT_URLPop"] },
	screenPop: function (searchString, interaction) {
		var url = interaction.attributes.PT_URLPop; //! attribute.case
		if (url) window.open(url);
	},
};
