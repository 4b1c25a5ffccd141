import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
	label: string;
	/** Explains the field; read together with it. */
	hint?: ComponentChildren;
	/** What is wrong with the value, in words to act on. */
	error?: string;
	/** Keeps the label for screen readers only. */
	labelHidden?: boolean;
	id?: string;
	disabled?: boolean;
	name?: string;
}

interface Described {
	id: string;
	"aria-describedby": string | undefined;
	"aria-invalid": "true" | undefined;
}

function Field({
	label,
	hint,
	error,
	labelHidden,
	id,
	children,
}: FieldProps & { children: (attributes: Described) => ComponentChildren }) {
	const made = useId();
	const own = id ?? made;
	const described = [hint ? `${own}-hint` : "", error ? `${own}-error` : ""].filter(Boolean).join(" ");
	return (
		<div class="ui-field">
			<label for={own} class={labelHidden ? "ui-hidden" : undefined}>
				{label}
			</label>
			{children({ id: own, "aria-describedby": described || undefined, "aria-invalid": error ? "true" : undefined })}
			{hint && (
				<span class="ui-hint" id={`${own}-hint`}>
					{hint}
				</span>
			)}
			{error && (
				<span class="ui-error" id={`${own}-error`}>
					{error}
				</span>
			)}
		</div>
	);
}

export interface TextFieldProps extends FieldProps {
	value: string;
	onInput: (value: string) => void;
	onEnter?: () => void;
	onBlur?: () => void;
	type?: "text" | "tel" | "search" | "password" | "email" | "number" | "url" | "date" | "time" | "datetime-local";
	/** Id of a `datalist` with proposals. */
	list?: string;
	placeholder?: string;
	autoComplete?: string;
	required?: boolean;
	readOnly?: boolean;
}

/** Numbers and addresses read from left to right, names as they are written; pickers are the browser's. */
function directionOf(type: NonNullable<TextFieldProps["type"]>): "ltr" | "auto" | undefined {
	if (type === "text" || type === "search") return "auto";
	return ["tel", "email", "number", "url"].includes(type) ? "ltr" : undefined;
}

/** One line of text with its label, hint and error. */
export function TextField({
	value,
	onInput,
	onEnter,
	onBlur,
	type = "text",
	placeholder,
	autoComplete = "off",
	required,
	readOnly,
	disabled,
	name,
	list,
	...field
}: TextFieldProps) {
	return (
		<Field {...field}>
			{(attributes) => (
				<input
					{...attributes}
					class="ui-input"
					{...{ value, placeholder, required, readOnly, disabled, name, list }}
					// Preact types an input by each literal `type`; they all share the attributes used here.
					type={type as "text"}
					dir={directionOf(type)}
					autocomplete={autoComplete}
					onInput={(event) => onInput(event.currentTarget.value)}
					onBlur={onBlur}
					onKeyDown={(event) => event.key === "Enter" && onEnter?.()}
				/>
			)}
		</Field>
	);
}

export interface TextAreaProps extends FieldProps {
	value: string;
	onInput: (value: string) => void;
	onBlur?: () => void;
	rows?: number;
	placeholder?: string;
	maxLength?: number;
}

/** Several lines of text. */
export function TextArea({
	value,
	onInput,
	onBlur,
	rows = 3,
	placeholder,
	maxLength,
	disabled,
	name,
	...field
}: TextAreaProps) {
	return (
		<Field {...field}>
			{(attributes) => (
				<textarea
					{...attributes}
					class="ui-input"
					{...{ value, rows, placeholder, disabled, name }}
					maxLength={maxLength}
					onBlur={onBlur}
					onInput={(event) => onInput(event.currentTarget.value)}
				/>
			)}
		</Field>
	);
}

export interface SelectOption {
	value: string;
	text: string;
	disabled?: boolean;
}

export interface SelectProps extends FieldProps {
	value: string;
	options: readonly SelectOption[];
	onChange: (value: string) => void;
}

/** A native choice list: keyboard, type-ahead and phones come with it. */
export function Select({ value, options, onChange, disabled, name, ...field }: SelectProps) {
	return (
		<Field {...field}>
			{(attributes) => (
				<select
					{...attributes}
					class="ui-input"
					{...{ disabled, name, value }}
					dir={writtenFrom(options.find((option) => option.value === value)?.text)}
					onChange={(event) => onChange(event.currentTarget.value)}
				>
					{options.map((option) => (
						<option
							key={option.value}
							value={option.value}
							disabled={option.disabled}
							selected={option.value === value}
						>
							{option.text}
						</option>
					))}
				</select>
			)}
		</Field>
	);
}

/** Which way a text runs by its first letter: what has no room is cut at its end. */
function writtenFrom(text = ""): "ltr" | "rtl" | undefined {
	const [letter] = /\p{L}/u.exec(text) ?? [];
	return letter === undefined ? undefined : /[\u0590-\u08ff]/.test(letter) ? "rtl" : "ltr";
}

/** A tick box with its text. */
export function Checkbox({
	label,
	checked,
	onChange,
	disabled,
}: {
	label: ComponentChildren;
	checked: boolean;
	onChange: (checked: boolean) => void;
	disabled?: boolean;
}) {
	return (
		<label class="ui-check">
			<input type="checkbox" {...{ checked, disabled }} onChange={(event) => onChange(event.currentTarget.checked)} />
			<span>{label}</span>
		</label>
	);
}
