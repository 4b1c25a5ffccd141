class Bridge {
	config = {
		name: "bridge",
		clientIds: { "mypurecloud.com": "11111111-1111-4111-8111-111111111111" },
		settings: {},
	};
	constructor() {
		window.addEventListener("message", this); //! message.origin.unchecked
	}
	handleEvent(event) {
		const { type, data } = JSON.parse(event.data);
		if (type === "clickToDial") window.PureCloud.clickToDial(data);
	}
}
window.Framework = new Bridge();
