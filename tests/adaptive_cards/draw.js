// In a browser, after adaptivecards and markdown-it: draw(cards, theme) shows the cards about as Teams
// does, for looking at. Charts are drawn as what stands for them, since the package knows none.

const THEMES = {
  light: {
    page: "#f5f5f5", card: "#ffffff", words: "#242424", subtle: "#616161", line: "#e0e0e0", accent: "#5b5fc7",
    good: "#237b4b", warning: "#835c00", attention: "#a4262c",
    boxes: { emphasis: "#fafafa", accent: "#e8ebfa", good: "#e7f2da", warning: "#fbf3d0", attention: "#fcedef" },
  },
  dark: {
    page: "#1f1f1f", card: "#292929", words: "#ffffff", subtle: "#adadad", line: "#525252", accent: "#9ea2ff",
    good: "#92c353", warning: "#f8d22a", attention: "#f9526b",
    boxes: { emphasis: "#333333", accent: "#2f2f4a", good: "#16331d", warning: "#3b3000", attention: "#3e1f24" },
  },
};

function hostConfig(theme) {
  const tone = (colour) => ({ default: colour, subtle: colour });
  const style = (background) => ({
    backgroundColor: background,
    borderColor: theme.line,
    foregroundColors: {
      default: { default: theme.words, subtle: theme.subtle },
      accent: tone(theme.accent),
      good: tone(theme.good),
      warning: tone(theme.warning),
      attention: tone(theme.attention),
      dark: tone("#242424"),
      light: tone("#ffffff"),
    },
  });
  const boxes = Object.entries(theme.boxes).map(([name, colour]) => [name, style(colour)]);
  return new AdaptiveCards.HostConfig({
    supportsInteractivity: true,
    fontFamily: '"Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif',
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme.line },
    containerStyles: { default: style(theme.card), ...Object.fromEntries(boxes) },
    actions: {
      maxActions: 6, buttonSpacing: 8, actionsOrientation: "Horizontal", actionAlignment: "Left",
      spacing: "default",
    },
    factSet: {
      title: { weight: "Bolder", wrap: true, maxWidth: 160 },
      value: { wrap: true },
      spacing: 16,
    },
  });
}

/** Draws each card beneath the other; answers with what was said of them while drawing. */
function draw(cards, theme) {
  document.documentElement.dataset.theme = theme;
  for (const [name, colour] of Object.entries(THEMES[theme]))
    if (typeof colour === "string") document.documentElement.style.setProperty(`--${name}`, colour);
  const markdown = window.markdownit();
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  const main = document.querySelector("main");
  main.replaceChildren();
  for (const each of cards) {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = hostConfig(THEMES[theme]);
    card.parse(mentioned(each));
    const box = document.createElement("section");
    box.append(card.render());
    main.append(box);
  }
}

/** A mention as a client shows it: the name without its marks. */
function mentioned(card) {
  let text = JSON.stringify(card.body);
  for (const { text: mark } of card.msteams?.entities ?? [])
    text = text.replaceAll(JSON.stringify(mark).slice(1, -1), mark.replace(/<[^>]*>/g, "").replace(/["\\]/g, ""));
  return { ...card, body: JSON.parse(text) };
}
