// What the report's page does beyond showing itself: charts to explore, the other theme, copying. It reads its data as text and writes text only.
/* global uPlot */
;(() => {
  const root = document.documentElement
  const charts = JSON.parse(document.getElementById('charts').textContent)
  const dashes = { plain: [2, 3], main: [], good: [7, 2], warn: [5, 3], bad: [1, 2], odd: [8, 3, 2, 3] }
  const HEIGHT = 220
  const ROW = 17
  let plots = []

  root.classList.add('scripted')
  themeButton(document.getElementById('theme'))
  document.getElementById('print').addEventListener('click', () => window.print())
  document.querySelector('nav .tools').hidden = false
  for (const command of document.querySelectorAll('.command')) copyButton(command)
  openTarget()
  window.addEventListener('hashchange', openTarget)
  draw()
  watchWidth()
  if (window.matchMedia) window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw)

  function themeButton(button) {
    const preferred = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
    const name = (theme) => (theme === 'dark' ? 'Light' : 'Dark')
    button.textContent = name(preferred)
    button.addEventListener('click', () => {
      root.dataset.theme = (root.dataset.theme ?? preferred) === 'dark' ? 'light' : 'dark'
      button.textContent = name(root.dataset.theme)
      redraw()
    })
  }

  function copyButton(command) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Copy'
    button.addEventListener('click', async () => {
      const text = command.querySelector('pre').textContent
      const done = await navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      )
      button.textContent = done ? 'Copied' : 'Select it by hand'
    })
    command.append(button)
  }

  /** A link may lead into something that is folded. */
  function openTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const details = target?.closest('details')
    if (details) details.open = true
  }

  function redraw() {
    for (const plot of plots) plot.destroy()
    draw()
  }

  function draw() {
    plots = charts.map(plotOf)
  }

  function watchWidth() {
    let width = window.innerWidth
    window.addEventListener('resize', () => {
      if (window.innerWidth === width) return
      width = window.innerWidth
      for (const plot of plots) plot.setSize({ width: plot.root.parentElement.clientWidth, height: HEIGHT })
    })
  }

  function colour(name) {
    const probe = document.createElement('span')
    probe.style.color = `var(--${name})`
    document.body.append(probe)
    const found = getComputedStyle(probe).color
    probe.remove()
    return found
  }

  function plotOf(chart) {
    const place = document.querySelector(`[data-chart="${chart.id}"]`)
    const readings = place.closest('figure').querySelectorAll('.reading')
    const swatches = place.closest('figure').querySelectorAll('.swatch path')
    const stacks = stacked(chart)
    const options = {
      width: place.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      padding: [topOf(chart), 22, 0, 0],
      cursor: { sync: chart.x.kind === 'time' ? { key: 'time' } : undefined, points: { size: 6 }, y: false },
      scales: { x: { time: false }, y: yScale(chart) },
      axes: axes(chart),
      series: [{}, ...chart.series.map((series, i) => seriesOf(chart, series, getComputedStyle(swatches[i]).color))],
      bands: chart.stacked ? chart.series.slice(1).map((_, i) => ({ series: [i + 2, i + 1] })) : [],
      hooks: {
        drawClear: [(plot) => drawBands(plot, chart)],
        draw: [(plot) => drawMarks(plot, chart)],
        setCursor: [read],
      },
    }
    function read({ cursor: { idx } }) {
      for (const [i, reading] of readings.entries()) {
        const value = typeof idx === 'number' ? chart.series[i].values[idx] : undefined
        reading.textContent = value === undefined || value === null ? '' : short(value)
      }
    }
    return new uPlot(options, [chart.x.values, ...stacks], place)
  }

  function stacked({ stacked: isStacked, series }) {
    if (!isStacked) return series.map(({ values }) => values)
    let below = []
    return series.map(({ values }) => {
      below = values.map((value, i) => (below[i] ?? 0) + (value ?? 0))
      return below
    })
  }

  function seriesOf(chart, { tone }, stroke) {
    const line = { stroke, width: 1.6, dash: dashes[tone], points: { show: false } }
    if (!chart.stacked) return line
    return {
      ...line,
      width: 0,
      fill: tone === 'good' ? stroke.replace('rgb(', 'rgba(').replace(')', ', 0.35)') : stroke,
    }
  }

  function yScale({ scale }) {
    if (scale === 'log') return { distr: 3 }
    return { range: (_, __, most) => [0, (most || 1) * 1.08] }
  }

  function axes({ x, scale }) {
    const look = { stroke: colour('soft'), font: '12px system-ui, sans-serif', ticks: { show: false } }
    const nines = x.values.at(-1)
    const below =
      x.kind === 'time'
        ? { values: (_, ticks) => ticks.map(moment) }
        : {
            splits: () => Array.from({ length: Math.floor(nines) + 1 }, (_, i) => i),
            values: (_, ticks) => ticks.map(percentile),
          }
    const grid = { stroke: colour('line'), width: 1 }
    return [
      { ...look, grid: { show: false }, size: 28, ...below },
      {
        ...look,
        grid,
        size: 52,
        ...(scale === 'log' ? { splits: decades } : {}),
        values: (_, ticks) => ticks.map(short),
      },
    ]
  }

  /** A logarithmic axis has a line for each power of ten. */
  function decades(_, __, least, most) {
    const [from, to] = [Math.ceil(Math.log10(least) - 1e-9), Math.floor(Math.log10(most) + 1e-9)]
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => Number(`1e${from + i}`))
  }

  function short(value) {
    if (value >= 10_000) return `${Number((value / 1000).toPrecision(3))}k`
    return String(Number(value.toPrecision(3)))
  }

  function moment(seconds) {
    if (seconds < 120) return `${Number(seconds.toFixed(3))} s`
    const two = (n) => String(Math.floor(n)).padStart(2, '0')
    const [h, m, s] = [Math.floor(seconds / 3600), (seconds / 60) % 60, seconds % 60]
    return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${Math.floor(m)}:${two(s)}`
  }

  function percentile(nines) {
    return nines === 0 ? '0 %' : `${Number((100 - 100 / 10 ** nines).toPrecision(nines + 2))} %`
  }

  function drawBands(plot, { bands }) {
    const { ctx, bbox } = plot
    ctx.save()
    clip(ctx, bbox)
    const [rows, ratio] = [bandRows(bands), window.devicePixelRatio]
    bands.forEach(({ name, from, to }, i) => {
      const [left, right] = [plot.valToPos(from, 'x', true), plot.valToPos(to, 'x', true)]
      const start = Math.max(left, bbox.left)
      ctx.fillStyle = colour('plain-pale')
      ctx.fillRect(start, rows[i] * ROW * ratio, right - start - ratio, 14 * ratio)
      label(ctx, name, start + 5 * ratio, rows[i] * ROW, 'left', 'soft', right - start)
    })
    ctx.restore()
  }

  function drawMarks(plot, { marks }) {
    const { ctx, bbox } = plot
    ctx.save()
    clip(ctx, bbox)
    for (const { at, label: number } of marks) {
      const x = plot.valToPos(at, 'x', true)
      ctx.strokeStyle = colour('ink')
      ctx.setLineDash([4, 4])
      ctx.beginPath()
      ctx.moveTo(x, bbox.top)
      ctx.lineTo(x, bbox.top + bbox.height)
      ctx.stroke()
      label(ctx, number, x, bbox.top / window.devicePixelRatio - 15, 'center', 'ink', Number.POSITIVE_INFINITY)
    }
    ctx.restore()
  }

  /** In which row each band stands, so that none covers another. */
  function bandRows(bands) {
    const ends = []
    return bands.map(({ from, to }) => {
      const free = ends.findIndex((end) => end <= from)
      const row = free === -1 ? ends.length : free
      ends[row] = to
      return row
    })
  }

  function topOf({ bands }) {
    return ROW * (1 + Math.max(0, ...bandRows(bands).map((row) => row + 1)))
  }

  function clip(ctx, bbox) {
    ctx.beginPath()
    ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height)
    ctx.clip()
  }

  function label(ctx, text, x, top, align, tone, room) {
    const ratio = window.devicePixelRatio
    ctx.font = `${11 * ratio}px system-ui, sans-serif`
    if (ctx.measureText(text).width + 10 > room) return
    ctx.fillStyle = colour(tone)
    ctx.textAlign = align
    ctx.textBaseline = 'top'
    ctx.fillText(text, x, (top + 1.5) * ratio)
  }
})()
