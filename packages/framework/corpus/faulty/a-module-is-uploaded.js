import { send } from "./bridge.js"; //! script.is.module

window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop: (searchString, interaction) => send("screenPop", { searchString, interaction }),
};
