import { Button, TextField } from "@inlay/ui";
import { useEffect, useRef } from "preact/hooks";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import type { ResponseAidProps } from "./response-aid.tsx";
import type { ResponsesModel } from "./responses-model.ts";
import { t } from "./strings.ts";

type Props = Pick<ResponseAidProps, "workspace" | "call" | "place"> & { model: ResponsesModel };

/** The responses that are found, and how the chosen one would stand there. */
export function Picker({ workspace, call, place, model }: Props) {
	useAgainWhenBack(workspace, model.why.value, () => model.load(call));
	const own = useRef<HTMLElement>(null);
	const isSearched = model.opened.value === "button";
	useEffect(() => {
		if (isSearched) own.current?.querySelector("input")?.focus();
	}, [isSearched]);
	const shut = () => {
		model.close();
		place.element()?.focus();
	};
	return (
		<section
			ref={own}
			class="responses-list ui-stack"
			aria-label={t("responses")}
			onKeyDown={(event) => {
				if (event.isComposing) return;
				if (event.key === "Escape") shut();
				else if (event.key === "ArrowDown") model.move(1);
				else if (event.key === "ArrowUp") model.move(-1);
				else if (event.key === "Enter" && (event.target as Element).tagName === "INPUT" && model.chosen.value)
					model.take(model.chosen.value, call, place);
				else return;
				event.preventDefault();
				event.stopPropagation();
			}}
		>
			{isSearched && (
				<TextField
					label={t("search")}
					type="search"
					name="response"
					value={model.query.value}
					onInput={(text) => model.look(text)}
				/>
			)}
			<Found {...{ call, place, model }} />
			<Preview {...{ call, model }} />
			<Button size="small" onClick={shut}>
				{t("close")}
			</Button>
		</section>
	);
}

function Found({ call, place, model }: Pick<Props, "call" | "place" | "model">) {
	const state = model.state.value;
	if (state === "loading") return <p class="ui-hint" aria-busy="true" />;
	if (state === "failed") return <NotLoaded text={t("failed")} load={() => model.load(call)} />;
	const found = model.found.value;
	if (found.length === 0) return <p class="ui-hint">{t(model.isEmpty.value ? "empty" : "none")}</p>;
	return (
		<ul class="targets responses-found" aria-live="polite">
			{found.slice(0, mostShown).map((one, index) => (
				<li key={one.id}>
					<button
						type="button"
						class="target"
						aria-current={index === model.at.value ? "true" : undefined}
						data-response={one.name}
						onFocus={() => {
							model.at.value = index;
						}}
						onClick={() => model.take(one, call, place)}
					>
						<span class="ui-grow">
							<strong class="ui-clip">
								<bdi>{one.name}</bdi>
							</strong>
							<span class="ui-muted ui-clip">
								{[one.shortcut && `/${one.shortcut}`, one.language, ...one.libraries].filter(Boolean).join(" · ")}
							</span>
						</span>
					</button>
				</li>
			))}
		</ul>
	);
}

/** More are found by another word. */
const mostShown = 50;

function Preview({ call, model }: Pick<Props, "call" | "model">) {
	const chosen = model.chosen.value;
	if (!chosen) return null;
	const { text, files } = model.filled(chosen, call);
	return (
		<>
			<section class="responses-preview" aria-label={t("preview")} data-preview>
				{text}
			</section>
			{files.length > 0 && (
				<p class="ui-hint" data-preview-files>
					{t("files")}: <bdi>{files.map(({ name }) => name).join(", ")}</bdi>
				</p>
			)}
		</>
	);
}
