var pops = [];
window.Framework = {
	config: {
		name: "2018",
		clientIds: { "mypurecloud.com": "a" },
		customInteractionAttributes: ["A"],
		settings: {}
	},
	screenPop: function (searchString, interaction, callback) {
		pops.push([searchString, interaction.id]);
		callback();
	},
	processCallLog: function () {},
	openCallLog: function () {},
};
