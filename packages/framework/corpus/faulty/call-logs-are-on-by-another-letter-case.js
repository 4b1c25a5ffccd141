window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: {
			enablecalllogs: true, //! calllog.not.implemented
		},
	},
	screenPop(searchString) {
		window.open("https://crm.example.com/search?q=" + encodeURIComponent(searchString));
	},
};
