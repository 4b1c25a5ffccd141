let token;
window.PureCloud.User.getAuthToken((given) => {
	token = given;
});
async function queues() {
	const answer = await fetch("/api/v2/routing/queues?pageSize=100", { headers: { authorization: `bearer ${token}` } });
	return (await answer.json()).entities;
}
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	async initialSetup() {
		const list = await queues();
		window.parent.postMessage(JSON.stringify({ type: "queues", data: list.map(({ name }) => name) }), "https://crm.example.com");
	},
};
