import { type Screens, shows } from "../../shell/screens.tsx";
import { SignInRulesModel } from "./sign-in-rules-model.ts";
import { SignInRulesScreen } from "./sign-in-rules-screen.tsx";

export const screens: Screens = {
	"sign-in": shows(SignInRulesScreen, ({ api }) => new SignInRulesModel(api)),
};
