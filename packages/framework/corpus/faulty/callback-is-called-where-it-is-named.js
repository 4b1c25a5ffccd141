function pop() {
	window.open("https://crm.example.com/", "crm");
}
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop: pop(), //! callback.not.function
};
