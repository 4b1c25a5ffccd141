import { useRef, useState } from "preact/hooks";
import type { Spot, Stage } from "./stage.ts";
import type { ViewerModel } from "./viewer-model.ts";

const pointerEveryMs = 50;
const typedAfterMs = 150;
const drawnMs = 5_000;

/** A field of the customer's that the agent fills in. */
interface OpenField {
	node: number;
	element: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
}

/** Over the picture of the page: what the agent points at, draws and presses. The picture itself takes nothing. */
export function Glass({ model, stage, isDrawing }: { model: ViewerModel; stage: Stage; isDrawing: boolean }) {
	const toldAt = useRef(0);
	const line = useRef<Array<[number, number]> | undefined>(undefined);
	const [ink, setInk] = useState<string[]>([]);
	const [field, setField] = useState<OpenField>();
	const isControlling = model.isControlling.value;

	function moved(event: PointerEvent): void {
		const spot = stage.spotAt(event.clientX, event.clientY);
		line.current?.push([spot.x, spot.y]);
		const now = performance.now();
		if (now - toldAt.current < pointerEveryMs) return;
		toldAt.current = now;
		model.send({ type: "pointer", x: spot.x, y: spot.y });
	}

	function drawn(event: PointerEvent): void {
		const points = line.current?.slice(0, 200);
		line.current = undefined;
		if (!points || points.length < 2) return;
		model.send({ type: "draw", points });
		const box = (event.currentTarget as Element).getBoundingClientRect();
		const origin = stage.spotAt(box.left, box.top);
		const shown = points.map(([x, y]) => `${(x - origin.x) * stage.scale},${(y - origin.y) * stage.scale}`).join(" ");
		setInk((all) => [...all, shown]);
		setTimeout(() => setInk((all) => all.slice(1)), drawnMs);
	}

	function pressed(event: MouseEvent): void {
		if (isDrawing || !isControlling) return;
		const spot = stage.spotAt(event.clientX, event.clientY);
		if (spot.node === 0) return;
		const open = fieldAt(spot);
		setField(open);
		if (open?.element.localName === "select") model.send({ type: "focus", node: open.node });
		else model.send({ type: "click", node: spot.node, x: spot.x, y: spot.y });
	}

	function scrolled(event: WheelEvent): void {
		event.preventDefault();
		if (!isControlling) return;
		const { node, x, y } = stage.page;
		setField(undefined);
		if (node > 0)
			model.send({ type: "scroll", node, x: x + event.deltaX / stage.scale, y: y + event.deltaY / stage.scale });
	}

	return (
		<>
			{/* biome-ignore lint/a11y/useKeyWithClickEvents: it is a picture of somebody else's page; fields in it are filled in by keys. */}
			<div
				role="application"
				aria-label={model.t("viewTitle")}
				class={`viewer-glass ${isDrawing ? "draw" : isControlling ? "control" : ""}`}
				data-viewer-glass
				onPointerMove={moved}
				onPointerDown={(event) => {
					if (!isDrawing) return;
					event.currentTarget.setPointerCapture(event.pointerId);
					const { x, y } = stage.spotAt(event.clientX, event.clientY);
					line.current = [[x, y]];
				}}
				onPointerUp={drawn}
				onClick={pressed}
				onWheel={scrolled}
			>
				<svg aria-hidden="true">
					{ink.map((points) => (
						<polyline key={points} points={points} />
					))}
				</svg>
			</div>
			{field && isControlling && (
				<Field key={field.node} model={model} stage={stage} field={field} close={() => setField(undefined)} />
			)}
		</>
	);
}

/** Written in the viewer's own field, as the picture takes nothing; what is in the customer's follows. */
function Field(props: { model: ViewerModel; stage: Stage; field: OpenField; close: () => void }) {
	const { model, stage, field, close } = props;
	const { node, element } = field;
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	const { left, top, width, height } = stage.boxOf(element);
	const style = { left: `${left}px`, top: `${top}px`, inlineSize: `${width}px`, blockSize: `${height}px` };
	const tell = (value: string) => {
		clearTimeout(timer.current);
		timer.current = setTimeout(() => model.send({ type: "input", node, value }), typedAfterMs);
	};
	const common = { class: "viewer-field", style, "aria-label": model.t("viewField"), "data-viewer-field": true };
	if (element.localName === "select")
		return (
			<select
				{...common}
				ref={focused}
				onChange={(event) => {
					model.send({ type: "input", node, value: event.currentTarget.value });
					close();
				}}
				onBlur={close}
			>
				{[...(element as HTMLSelectElement).options].map((option) => (
					<option key={option.value} value={option.value} selected={option.selected}>
						{option.text}
					</option>
				))}
			</select>
		);
	return (
		<input
			{...common}
			ref={focused}
			autocomplete="off"
			value={element.value}
			onInput={(event) => tell(event.currentTarget.value)}
			onKeyDown={(event) => {
				if (event.key === "Escape") close();
				if (event.key !== "Enter") return;
				clearTimeout(timer.current);
				model.send({ type: "input", node, value: event.currentTarget.value });
				model.send({ type: "key", node, key: "Enter" });
				close();
			}}
			onBlur={close}
		/>
	);
}

const focused = (element: HTMLElement | null) => element?.focus();

/** What is filled in rather than pressed. */
function fieldAt({ element, node }: Spot): OpenField | undefined {
	const isText =
		element?.localName === "textarea" ||
		element?.localName === "select" ||
		(element?.localName === "input" &&
			!/^(?:checkbox|radio|button|submit|reset|image|file|range|color)$/i.test(element.getAttribute("type") ?? ""));
	return isText ? { node, element: element as OpenField["element"] } : undefined;
}
