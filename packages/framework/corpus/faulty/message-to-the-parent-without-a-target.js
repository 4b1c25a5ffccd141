window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop: function (searchString, interaction) {
		window.parent.postMessage(JSON.stringify({ type: "screenPop", data: { searchString: searchString, interaction: interaction } })); //! message.target.missing
	},
};
