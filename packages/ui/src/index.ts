export { base64Of } from "./base64.ts";
export type { ButtonKind, ButtonProps } from "./button.tsx";
export { Button, IconButton } from "./button.tsx";
export type { Rgb } from "./color.ts";
export { contrast, parseColor, readablePair } from "./color.ts";
export { Dialog } from "./dialog.tsx";
export type { SelectOption, SelectProps, TextAreaProps, TextFieldProps } from "./field.tsx";
export { Checkbox, Select, TextArea, TextField } from "./field.tsx";
export type { Params } from "./format.ts";
export { format, formatDuration } from "./format.ts";
export { ignoreHeldKeysElsewhere } from "./held-keys.ts";
export type { Catalogue, LanguageLoaders, Translation } from "./i18n.ts";
export {
	catalogue,
	declaredCatalogues,
	language,
	locale,
	oneLine,
	setLanguage,
	text,
	textOf,
	useLanguages,
} from "./i18n.ts";
export type { IconName } from "./icon.tsx";
export { Icon } from "./icon.tsx";
export type { Language } from "./languages.ts";
export { languages, readsRightToLeft, supported } from "./languages.ts";
export type { MenuItem, MenuProps } from "./menu.tsx";
export { Menu } from "./menu.tsx";
export type { Tone } from "./surface.tsx";
export { Badge, Banner, EmptyState, Spinner } from "./surface.tsx";
