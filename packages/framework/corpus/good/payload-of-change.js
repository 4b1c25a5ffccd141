const live = {};
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		window.PureCloud.subscribe([
			{
				type: "Interaction",
				callback(category, data) {
					switch (category) {
						case "change":
							live[data.new.id] = data.new.state;
							break;
						case "deallocate":
							delete live[data.id];
							break;
						default:
							if (data) live[data.id] = data.state;
					}
				},
			},
		]);
	},
};
