window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: {
			enableCallLogs: true, //! calllog.not.implemented
		},
	},
	screenPop: function (searchString) {
		window.open("https://crm.example.com/search?q=" + encodeURIComponent(searchString));
	},
};
