import { type Screens, shows } from "../../shell/screens.tsx";
import { AddressesModel, AddressModel } from "./address-model.ts";
import { AddressScreen } from "./address-screen.tsx";
import { AddressesScreen } from "./addresses-screen.tsx";

export const screens: Screens = {
	messages: shows(AddressesScreen, ({ api, self }) => new AddressesModel(api, self)),
	"message-address": shows(AddressScreen, ({ api, self, id }) => new AddressModel(api, self, id)),
	"new-message-address": shows(AddressScreen, ({ api, self }) => new AddressModel(api, self)),
};
