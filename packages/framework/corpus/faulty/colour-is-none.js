window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: {
			theme: { primary: "#HHH", text: "#FFF" }, //! theme.colour.invalid
		},
	},
};
