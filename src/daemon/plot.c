/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/plot.h"

#include "base/buf.h"
#include "daemon/human.h"

/* The figure, in its own units, and the part of it where the curve is. */
#define WIDTH 360
#define HEIGHT 118
#define LEFT 34
#define RIGHT 354
#define TOP 8
#define BOTTOM 98

/* A plot on its way into out. */
struct drawing {
	struct buf *out;
	const struct plot *plot;
	const struct point *points;
	double top;		/* the value at TOP */
};

static int
is_known(const struct drawing *drawing, int i)
{
	return drawing->points[i].samples > 0 &&
	       drawing->points[i].value[drawing->plot->series] >= 0;
}

static double
value_at(const struct drawing *drawing, int i)
{
	return drawing->points[i].value[drawing->plot->series] /
	       drawing->plot->unit;
}

static double
x_at(int i)
{
	return LEFT + (double)(RIGHT - LEFT) * i / (HISTORY_POINTS - 1);
}

static double
y_of(const struct drawing *drawing, double value)
{
	return BOTTOM - (BOTTOM - TOP) * value / drawing->top;
}

/* The next number with one digit, of which the half is a good one too. */
static double
round_up(double value)
{
	static const int digits[] = { 1, 2, 3, 4, 6, 8, 10 };
	double power = 1;
	int i;

	for (; value > 10 * power; power *= 10)
		continue;
	for (i = 0; value > digits[i] * power; i++)
		continue;
	return digits[i] * power;
}

/* The highest of all values, and the newest; 0 if none is known. */
static void
find_extremes(const struct drawing *drawing, double *highest, double *newest)
{
	double value;
	int i;

	*highest = *newest = 0;
	for (i = 0; i < HISTORY_POINTS; i++) {
		if (!is_known(drawing, i))
			continue;
		value = value_at(drawing, i);
		*newest = value;
		if (value > *highest)
			*highest = value;
	}
}

static void
add_grid(const struct drawing *drawing)
{
	struct buf *out = drawing->out;
	double y;
	int i;

	for (i = 0; i <= 2; i++) {
		y = TOP + (BOTTOM - TOP) * i / 2.0;
		buf_addf(out, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>"
			 "<text x=\"%d\" y=\"%.1f\" class=\"y\">", LEFT, y,
			 RIGHT, LEFT - 5, y + 3.5);
		human_real(out, drawing->top * (2 - i) / 2);
		buf_add_str(out, "</text>");
	}
	buf_addf(out, "<text x=\"%d\" y=\"%d\">1 hour ago</text>"
		 "<text x=\"%d\" y=\"%d\" class=\"m\">30 min</text>"
		 "<text x=\"%d\" y=\"%d\" class=\"y\">now</text>",
		 LEFT, HEIGHT - 6, (LEFT + RIGHT) / 2, HEIGHT - 6, RIGHT,
		 HEIGHT - 6);
	if (drawing->plot->limit > 0 && drawing->plot->limit <= drawing->top)
		buf_addf(out, "<path class=\"limit\" d=\"M%d %.1fH%d\"/>",
			 LEFT, y_of(drawing, drawing->plot->limit), RIGHT);
}

/* The curve from first to end - 1, of which all points are known. */
static void
add_run(const struct drawing *drawing, int first, int end)
{
	struct buf *out = drawing->out;
	struct buf line = BUF_INIT;
	int i;

	for (i = first; i < end; i++)
		buf_addf(&line, "%c%.1f %.1f", i == first ? 'M' : 'L',
			 x_at(i), y_of(drawing, value_at(drawing, i)));
	/* One point alone would not be seen. */
	if (end - first == 1)
		buf_add_str(&line, "h1");
	buf_addf(out, "<path class=\"area\" d=\"%sV%dH%.1fZ\"/>"
		 "<path class=\"line\" d=\"%s\"/>", line.data, BOTTOM,
		 x_at(first), line.data);
	buf_clear(&line);
}

static void
add_curve(const struct drawing *drawing)
{
	int i, first = -1;

	for (i = 0; i < HISTORY_POINTS; i++) {
		if (is_known(drawing, i)) {
			if (first < 0)
				first = i;
		} else if (first >= 0) {
			add_run(drawing, first, i);
			first = -1;
		}
	}
	if (first >= 0)
		add_run(drawing, first, HISTORY_POINTS);
}

static void
add_value(struct buf *out, const struct plot *plot, double value)
{
	human_real(out, value);
	buf_add_str(out, plot->unit_name);
}

void
plot_write(struct buf *out, const struct plot *plot,
	   const struct point points[static HISTORY_POINTS])
{
	struct drawing drawing = { out, plot, points, 1 };
	double highest, newest;

	find_extremes(&drawing, &highest, &newest);
	drawing.top = round_up(highest > plot->limit ? highest : plot->limit);
	buf_addf(out, "<figure><figcaption><span>%s</span> <b>", plot->title);
	add_value(out, plot, newest);
	buf_add_str(out, "</b> <small>highest ");
	add_value(out, plot, highest);
	buf_addf(out, "</small></figcaption><svg viewBox=\"0 0 %d %d\" "
		 "role=\"img\" aria-label=\"%s in the last hour: now ", WIDTH,
		 HEIGHT, plot->title);
	add_value(out, plot, newest);
	buf_add_str(out, ", highest ");
	add_value(out, plot, highest);
	buf_add_str(out, "\">");
	add_grid(&drawing);
	add_curve(&drawing);
	buf_add_str(out, "</svg></figure>\n");
}
