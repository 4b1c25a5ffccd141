import { type Screens, shows } from "../../shell/screens.tsx";
import { FilesModel } from "./files-model.ts";
import { FilesScreen } from "./files-screen.tsx";
import { LibrariesScreen } from "./libraries-screen.tsx";
import { LibraryScreen } from "./library-screen.tsx";
import { LibrariesModel, LibraryModel, ResponseModel, ResponsesModel } from "./response-model.ts";
import { ResponseScreen } from "./response-screen.tsx";
import { ResponsesScreen } from "./responses-screen.tsx";

export const screens: Screens = {
	responses: shows(ResponsesScreen, ({ api }) => new ResponsesModel(api)),
	response: shows(ResponseScreen, ({ api, self, id }) => new ResponseModel(api, self, id)),
	"new-response": shows(ResponseScreen, ({ api, self }) => new ResponseModel(api, self)),
	"response-files": shows(FilesScreen, ({ api }) => new FilesModel(api)),
	libraries: shows(LibrariesScreen, ({ api }) => new LibrariesModel(api)),
	library: shows(LibraryScreen, ({ api, self, id }) => new LibraryModel(api, self, id)),
	"new-library": shows(LibraryScreen, ({ api, self }) => new LibraryModel(api, self)),
};
