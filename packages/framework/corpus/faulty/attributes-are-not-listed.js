window.Framework = {
	config: { name: "Acme", clientIds: {}, customInteractionAttributes: ["CaseNumber"] },
	screenPop: function (searchString, interaction) {
		if (interaction.attributes && interaction.attributes.accountid) { //! attribute.not.listed
			window.open("https://crm.example.com/account/" + searchString);
		}
	},
};
