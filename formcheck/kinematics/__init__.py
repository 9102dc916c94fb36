"""The leg as a whole: angles at contact and in stance from its movement around them.

A landmark's error is not noise: near a foot strike the hip landmark of a runner slides forward and
down by 3 to 7 % of the leg's length, differently from runner to runner, and the angle read at that
moment is off by as much as 6 degrees. The same slide shows in how long thigh and shank look and in
how the angles run before and after. A reading therefore takes the leg's angles and its thigh's
length over the shank's at several moments around contact, with weights learned on people whose true
angles are known.
"""
