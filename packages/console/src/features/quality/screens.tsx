import { type Screens, shows } from "../../shell/screens.tsx";
import { QualityModel } from "./quality-model.ts";
import { QualityScreen } from "./quality-screen.tsx";

export const screens: Screens = {
	quality: shows(QualityScreen, ({ api }) => new QualityModel(api)),
};
