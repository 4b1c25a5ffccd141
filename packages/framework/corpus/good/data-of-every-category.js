function both(category, data) {
	const interaction = data.new || data;
	console.log(category, interaction.id, interaction.state);
}
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		window.PureCloud.subscribe([
			{ type: "Interaction", categories: ["change", "connect"], callback: both },
			{ type: "Interaction", categories: ["connect"], callback: both },
			{ type: "Interaction", categories: ["change"], callback: (category, { old, new: now }) => console.log(old.state, now.state) },
			{ type: "Interaction", categories: ["Change"], callback: (category, change) => both(category, change) },
			{ type: "Interaction", categories: ["connect"], callback: (category, data) => console.log(data.new ? data.new.id : data.id) },
		]);
	},
};
