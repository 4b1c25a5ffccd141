window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		screenPop: function (searchString) { //! callback.misplaced
			window.open("https://crm.example.com/" + searchString);
		},
	},
};
