"""Shaders. Materials are chosen at compile time (MAT), one program per material."""

VERTEX = """#version 330
in vec3 pos; in vec3 nrm; in vec3 rest;
uniform mat4 VP; uniform mat4 LVP;
out vec3 P; out vec3 N; out vec3 Q; out vec4 S;
void main(){ P=pos; N=nrm; Q=rest; S=LVP*vec4(pos,1); gl_Position=VP*vec4(pos,1); }
"""

SHADOW_VERTEX = """#version 330
in vec3 pos; uniform mat4 LVP;
void main(){ gl_Position=LVP*vec4(pos,1); }
"""

SHADOW_FRAGMENT = """#version 330
void main(){}
"""

FRAGMENT = """in vec3 P; in vec3 N; in vec3 Q;  in vec4 S;
uniform sampler2DShadow sh; uniform sampler2D tnoise; uniform sampler2D twall; uniform sampler2D tfloor; uniform sampler2D tbelt;
uniform vec3 cam, key, keycol, fill, fillcol, skyc, gndc;
uniform vec3 sticker, skin, shirt, shirt2, shorts, shoe, hair, iris, walltint, floortint; uniform float belt, gain, stripe, legpattern;
uniform vec3 eyeL, eyeR, mouth; uniform float headtop;
out vec4 o;
float n2(vec2 p){ return texture(tnoise,p).r; }
// 0 plain, 1 chest band, 2 hoops, 3 dots, 4 checks, 5 blotches
float pattern(float kind, vec3 q){
  if(kind<.5) return 0.;
  if(kind<1.5) return abs(q.z-1.28)<.035?1.:0.;
  if(kind<2.5) return fract(q.z*13.)<.42?1.:0.;
  vec2 a=vec2(atan(q.y,q.x+.02)*.16,q.z);
  if(kind<3.5){ vec2 c=fract(a*18.+vec2(.5*mod(floor(a.y*18.),2.),0.))-.5; return dot(c,c)<.075?1.:0.; }
  if(kind<4.5) return .45*((fract(a.x*22.)<.4?1.:0.)+(fract(a.y*22.)<.4?1.:0.));
  return smoothstep(.50,.56,n2(a*1.3))*.9;
}
void main(){
  vec3 n=normalize(N), v=normalize(cam-P), base=vec3(.5); float spec=.03, rough=20.; vec3 emis=vec3(0);
  
#if MAT<10
  if(!gl_FrontFacing) n=-n;
#endif
#if MAT==8
  { base=skin*(.93+.14*n2(Q.yz*6.+Q.x*3.)); spec=.10; rough=24.; }
#elif MAT==0
  { base=skin*(.93+.14*n2(Q.yz*6.+Q.x*3.)); 
    float fe=min(length((Q-eyeL)*vec3(.6,.55,1.)),length((Q-eyeR)*vec3(.6,.55,1.)));
    bool front=Q.x>min(eyeL.x,eyeR.x)-.022;
    if(front){
      base*=mix(.72,1.,smoothstep(.006,.022,fe));                       // eye sockets
      float lip=length((Q-mouth).yz*vec2(1./.025,1./.0105));
      base=mix(base,base*vec3(.86,.52,.52),1.-smoothstep(.75,1.05,lip));
      base*=mix(.62,1.,smoothstep(.0,.0022,abs(Q.z-mouth.z)+max(0.,abs(Q.y-mouth.y)-.022)));
      for(int k=0;k<2;k++){ vec3 e=k==0?eyeL:eyeR; vec2 d=Q.yz-e.yz; float sy=sign(e.y); d.x*=sy;
        float zc=.0235-6.*d.x*d.x+.05*d.x; float b=1.-smoothstep(.002,.0048,abs(d.y-zc)); b*=smoothstep(-.022,-.014,d.x)*(1.-smoothstep(.018,.028,d.x));
        base=mix(base,hair*.6,.85*b);
        float lash=1.-smoothstep(.0,.003,abs(d.y-.0065+9.*d.x*d.x)); lash*=1.-smoothstep(.014,.018,abs(d.x)); base=mix(base,vec3(.08,.06,.05),.8*lash); }
      base=mix(base,base*vec3(1.08,.88,.85),.5*(1.-smoothstep(.01,.03,length((Q-mouth).yz*vec2(.0,1.)-vec2(0,.03))+abs(abs(Q.y)-.035)*.7)));
    }
    spec=.10; rough=24.; }
#elif MAT==1
  { float w=n2(Q.yz*2.1)+.6*n2(Q.yz*5.3+.3); base=mix(shirt,shirt2,pattern(stripe,Q)); base*=.86+.18*w;
    vec3 g=vec3(n2(Q.yz*1.6+Q.xx)-.5,n2(Q.zy*1.7+.37)-.5,.6*(n2(Q.yz*3.1+.77)-.5)); n=normalize(n+.55*g); spec=.02; }
#elif MAT==2
  { float w=n2(Q.yz*2.6+.4); base=shorts*(.84+.28*w); if(abs(abs(Q.y)-.205)<.016) base=mix(base,shirt2,.8);
    vec3 g=vec3(n2(Q.yz*1.9+Q.xx)-.5,n2(Q.zy*1.6+.17)-.5,.4*(n2(Q.yz*2.1+.5)-.5)); n=normalize(n+.6*g); }
#elif MAT==3
  { base=mix(shorts,shirt2,.8*pattern(legpattern,Q))*(.92+.12*n2(Q.yz*4.)); spec=.06; rough=14.; }
#elif MAT==4
  { float z=Q.z; base=shoe*(.88+.2*n2(Q.xy*7.)); if(z<.030) base=vec3(.86,.86,.83); if(z<.008) base=vec3(.12);
    float st=abs(fract((Q.x*.8+z*.9)*14.)-.5); if(z>.036&&z<.085&&st<.13&&Q.x<.10&&Q.x>-.02) base=vec3(.9); spec=.05; }
#elif MAT==5
  { float s=n2(vec2(Q.y*9.,Q.z*1.3+Q.x*1.7)); base=hair*(.65+.7*s); spec=.12; rough=9.; n=normalize(n+.35*vec3(n2(Q.yz*vec2(14.,2.))-.5,n2(Q.yz*vec2(14.,2.)+.5)-.5,0.)); }
#elif MAT==6
  { vec3 e=Q.y>0.?eyeL:eyeR; vec3 d=normalize(Q-e); float c=d.x; base=vec3(.86,.84,.82); if(c>.86) base=iris; if(c>.955) base=vec3(.02); spec=.5; rough=90.; }
#elif MAT==7
  { base=vec3(.82)*(.9+.15*n2(Q.zz*9.)); }
#elif MAT==9
  { base=sticker*(.97+.05*n2(Q.yz*11.)); }
#elif MAT==10
  { base=texture(tfloor,P.xy*.28).rgb*floortint; spec=.06; rough=30.; }
#elif MAT==11
  { vec2 w=abs(n.x)>.5?P.yz:P.xz; base=texture(twall,w*.25).rgb*walltint; if(P.z<.10) base=vec3(.72,.71,.69); }
#elif MAT==12
  { base=texture(tbelt,vec2(P.x*.55+belt*.55,P.y*.8)).rgb; }
#elif MAT==13
  { base=vec3(.055,.057,.062); spec=.12; rough=30.; }
#elif MAT==14
  { base=vec3(.42,.43,.45); spec=.45; rough=40.; }
#elif MAT==15
  { base=vec3(.02,.03,.04); emis=vec3(.10,.22,.30)*step(.35,n2(P.yz*1.1)); spec=.3; }
#elif MAT==16
  { base=vec3(.30,.16,.09)*(.7+.5*n2(P.yz*vec2(.4,3.))); }
#elif MAT==17
  { base=vec3(.3); emis=vec3(.80,.86,.92)*(.75+.25*n2(P.yz*.3)); }
#elif MAT==18
  { base=vec3(.62,.48,.30)*(.75+.4*n2(vec2(P.y*.5+P.x*.5,P.z*3.))); }
#elif MAT==19
  { base=vec3(.62,.64,.66); spec=.08; }
#elif MAT==21
  { base=vec3(.78)*(.92+.1*n2(P.xy*.9)); emis=vec3(.16); }
#elif MAT==22
  { base=vec3(.9); emis=vec3(1.6,1.6,1.5); }
#elif MAT==20
  { base=vec3(.10,.30,.16)*(.5+1.*n2(P.yz*4.+P.x)); }
#endif
  float dl=max(dot(n,key),0.);
  float s=0.; vec3 sc=S.xyz/S.w*.5+.5; sc.z-=.0016;
  if(dl>0.){ s=.25*(texture(sh,sc+vec3(-.0011,-.0005,0.))+texture(sh,sc+vec3(.0005,-.0011,0.))+texture(sh,sc+vec3(.0011,.0005,0.))+texture(sh,sc+vec3(-.0005,.0011,0.))); }
  if(sc.x<0.||sc.x>1.||sc.y<0.||sc.y>1.) s=1.;
  const float sk=(MAT==0||MAT==8)?1.:0.; float dk=max((dot(n,key)+.18*sk)/(1.+.18*sk),0.)*mix(s,1.,.06*sk);
  vec3 h=normalize(key+v); vec3 amb=mix(gndc,skyc,n.z*.5+.5);
  
  vec3 c=base*(amb+keycol*dk+fillcol*max(dot(n,fill)*.6+.4,0.))+spec*pow(max(dot(n,h),0.),rough)*keycol*s+emis;
  c+=sk*base*vec3(.10,.03,.02)*pow(1.-max(dot(n,v),0.),3.);
  c*=gain; c=c/(1.+.18*c); o=vec4(pow(clamp(c,0.,1.),vec3(1./2.2)),1.);
}
"""

BAKED_FRAGMENT = """#version 330
in vec3 P; in vec3 N; in vec3 Q; in vec4 S;
uniform sampler2DShadow sh; uniform sampler2D lit; uniform sampler2D dark; uniform ivec2 corner;
out vec4 o;
// the empty room as baked, lit or in the shade of the person
void main(){
  ivec2 at=ivec2(gl_FragCoord.xy)+corner;
  vec3 c=texelFetch(lit,at,0).rgb;
  vec3 sc=S.xyz/S.w*.5+.5;
  if(sc.x>0.&&sc.x<1.&&sc.y>0.&&sc.y<1.){
    sc.z-=.0016;
    float s=.25*(texture(sh,sc+vec3(-.0011,-.0005,0.))+texture(sh,sc+vec3(.0005,-.0011,0.))+texture(sh,sc+vec3(.0011,.0005,0.))+texture(sh,sc+vec3(-.0005,.0011,0.)));
    if(s<.999) c=mix(texelFetch(dark,at,0).rgb,c,s);
  }
  o=vec4(c,1.);
}
"""
