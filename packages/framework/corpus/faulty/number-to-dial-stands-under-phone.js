window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop(phone) {
		const wanted = { phone };
		window.PureCloud.clickToDial(wanted); //! action.argument.invalid
	},
};
