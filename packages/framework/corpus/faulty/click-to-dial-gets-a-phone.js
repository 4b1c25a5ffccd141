window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup: function () {
		document.addEventListener("dial", function (event) {
			window.PureCloud.clickToDial({ phoneNumber: event.detail, autoPlace: true }); //! action.argument.invalid
		});
	},
};
