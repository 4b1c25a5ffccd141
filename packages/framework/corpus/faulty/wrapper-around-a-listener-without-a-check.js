function safely(fn) {
	return function () {
		try {
			return fn.apply(this, arguments);
		} catch (error) {
			console.error(error);
		}
	};
}
window.Framework = {
	config: {
		name: "wrapped",
		clientIds: { "mypurecloud.com": "11111111-1111-4111-8111-111111111111" },
		settings: {},
	},
	initialSetup: safely(function () {
		window.addEventListener( //! message.origin.unchecked
			"message",
			safely(function (event) {
				var message = JSON.parse(event.data);
				if (message.type === "clickToDial") PureCloud.clickToDial(message.data);
			}),
		);
	}),
};
