using AspireChat.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.Lab;

/// <summary>The lab for those who press keys, listen, want no motion, or need to see a difference.</summary>
[Collection(nameof(LabApp))]
public sealed class LabAccessTests(BrowserFixture browsers, LabApp app)
{
    /// <summary>
    /// Says of each text whose contrast with what is below it is less than WCAG's 4.5. A canvas lays the colours over each other, whatever they are
    /// written in. What is disabled is exempt.
    /// </summary>
    private const string FindUnreadable =
        """
        () => {
          const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
          const lay = (colour, alpha = 1) => { context.globalAlpha = alpha; context.fillStyle = colour; context.fillRect(0, 0, 1, 1); };
          const linear = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          const luminance = () => {
            const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
          };
          const found = [];
          for (const element of document.body.querySelectorAll('*')) {
            const text = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent.trim()).join('');
            if (!text || !element.checkVisibility({ opacityProperty: true }) || element.closest(':disabled, noscript, .hidden-label')) continue;
            lay('white');
            let alpha = 1;
            for (const ancestor of [...ancestorsOf(element)].reverse()) {
              const { backgroundColor, opacity } = getComputedStyle(ancestor);
              lay(backgroundColor, alpha *= opacity);
            }
            const below = luminance();
            lay(getComputedStyle(element).color, alpha);
            const above = luminance();
            const ratio = (Math.max(above, below) + 0.05) / (Math.min(above, below) + 0.05);
            if (ratio < 4.5) found.push(`'${text}' (${element.tagName} ${element.className}) has ${ratio.toFixed(2)}`);
          }
          return found;

          function* ancestorsOf(element) {
            for (let at = element; at; at = at.parentElement) yield at;
          }
        }
        """;

    [Fact]
    public async Task Every_text_can_be_read_by_day_and_by_night()
    {
        await using var lab = await app.OpenAsync(browsers, new() { ReducedMotion = ReducedMotion.Reduce });
        await lab.BeginActAsync("local");
        await lab.SpeakAsync("fox");
        await lab.SettleAsync();
        await lab.Page.Locator("#tour-start").ClickAsync();

        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await lab.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await lab.Page.EvaluateAsync<string[]>(FindUnreadable));
        }
    }

    [Fact]
    public async Task It_works_by_keyboard_without_motion_and_for_those_who_listen()
    {
        await using var lab = await app.OpenAsync(browsers, new() { ReducedMotion = ReducedMotion.Reduce });
        await lab.BeginActAsync("stream");

        await lab.Page.Locator(".client[data-client=fox] .speak").FocusAsync();
        await lab.Page.Keyboard.PressAsync("Enter");
        await lab.SettleAsync();
        await Expect(lab.Page.Locator("#announcer")).ToContainTextAsync("1 message sent");
        await Expect(lab.Page.Locator(".client[data-client=fox] .last")).ToContainTextAsync("ms");

        await lab.Page.Locator("#tour-start").FocusAsync();
        await lab.Page.Keyboard.PressAsync("Enter");
        await Expect(lab.Page.Locator("#tour-title")).ToBeFocusedAsync();
        await lab.Page.Keyboard.PressAsync("Escape");
        await Expect(lab.Page.Locator("#tour")).ToBeHiddenAsync();
        await Expect(lab.Page.Locator("#tour-start")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Whatever_can_be_pressed_is_reached_by_the_tab_key_and_is_seen_to_be()
    {
        await using var lab = await app.OpenAsync(browsers);
        var all = await lab.Page.EvaluateAsync<int>("document.querySelectorAll('button:enabled, a[href], input:enabled:not([type=radio]), input:checked, [tabindex=\"0\"]').length");

        for (var reached = 0; reached < all; reached++)
        {
            await lab.Page.Keyboard.PressAsync("Tab");
            Assert.Equal("", await lab.Page.EvaluateAsync<string>(ComplaintAboutFocus));
        }
    }

    /// <summary>The focus has to be somewhere, for the first time, with an outline around it or its label.</summary>
    private const string ComplaintAboutFocus =
        """
        () => {
          const element = document.activeElement;
          const name = `${element.tagName} ${element.id || element.className} '${element.textContent}'`;
          if (element === document.body || element.wasFocused) return `The focus is lost: ${name}`;

          element.wasFocused = true;
          const outlined = [element, element.closest('label')].some(one => one && getComputedStyle(one).outlineStyle !== 'none');
          return outlined ? '' : `The focus is not seen: ${name}`;
        }
        """;
}
