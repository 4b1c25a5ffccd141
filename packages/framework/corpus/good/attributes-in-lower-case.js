window.Framework = {
	config: { name: "Acme", clientIds: {}, customInteractionAttributes: ["PT_URLPop", "CaseNumber"] },
	screenPop: function (searchString, interaction) {
		var attributes = interaction.attributes || {};
		var url = attributes.pt_urlpop || interaction.attributes.pt_urlpop || interaction.attributes.PT_URLPop;
		if (url) window.open(url);
		else if (interaction.attributes.casenumber) window.open("https://crm.example.com/case/" + interaction.attributes.casenumber);
	},
};
