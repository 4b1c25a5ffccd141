window.Framework = {
	config: {
		name: "Acme",
		clientIds: { "mypurecloud.de": "a1" },
		settings: { enableCallHistory: true
	},
	initialSetup: function () {}
}; //! script.syntax
