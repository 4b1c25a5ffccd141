import { type Screens, shows } from "../../shell/screens.tsx";
import { AccountModel } from "./account-model.ts";
import { AccountScreen } from "./account-screen.tsx";

export const screens: Screens = {
	account: shows(AccountScreen, ({ api, self }) => new AccountModel(api, self.id)),
};
